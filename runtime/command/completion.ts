import { UsageError } from "./command-error.js";
import { completions } from "./completions.js";
import { createCommand } from "./create-command.js";
import type { Usage } from "./usage.js";

const usage: Usage = {
  synopsis: "completion <shell> [word…]",
  summary: "Prints a script that completes commands, flags, methods and pushes in bash, zsh or fish.",
  details: "Methods and pushes are those of generated/manifest.json in the folder where one types.",
  flags: {},
  examples: [
    'eval "$(antwire completion bash)"    # in ~/.bashrc',
    'eval "$(antwire completion zsh)"     # in ~/.zshrc, after compinit',
    "antwire completion fish > ~/.config/fish/completions/antwire.fish",
  ],
};

// Each asks this command, with `words` in the place of a shell, what may stand where the cursor is.
const scripts: Readonly<Record<string, string>> = {
  bash: `_antwire() {
  local IFS=$'\\n'
  COMPREPLY=($(antwire completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _antwire antwire`,
  zsh: `_antwire() {
  local -a found
  found=(\${(f)"$(antwire completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( \${#found} )); then compadd -a found; else _files; fi
}
compdef _antwire antwire`,
  fish: `complete -c antwire -a '(antwire completion words -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'`,
};

/** Prints what a shell needs. */
export const completion = createCommand(usage, async (read) => {
  const [shell = "", ...typed] = read.arguments;
  if (shell === "words") {
    for (const word of await completions(typed)) process.stdout.write(`${word}\n`);
    return 0;
  }
  const script = scripts[shell];
  if (script === undefined)
    throw new UsageError(`There is no script for ${shell}: there are bash, zsh and fish.`);
  process.stdout.write(`${script}\n`);
  return 0;
});
