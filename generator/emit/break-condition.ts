/** The operands of a condition, a line each where they are too long together; those in brackets alike. */
export function breakCondition(condition: string, width: number): string[] {
  if (condition.length <= width) return [condition];
  const operator = operandsOf(condition, " || ").length > 1 ? " || " : " && ";
  const operands = operandsOf(condition, operator);
  if (operands.length === 1) return breakBrackets(condition, width);
  return operands.flatMap((operand, index) => {
    const lines = breakCondition(operand, width);
    const ending = index < operands.length - 1 ? operator.trimEnd() : "";
    return lines.map((line, at) => (at < lines.length - 1 ? line : line + ending));
  });
}

function breakBrackets(condition: string, width: number): string[] {
  if (!condition.startsWith("(") || !condition.endsWith(")")) return [condition];
  const lines = breakCondition(condition.slice(1, -1), width - 2);
  return lines.map((line, at) => {
    const opened = at === 0 ? `(${line}` : `  ${line}`;
    return at < lines.length - 1 ? opened : `${opened})`;
  });
}

/** What an operator joins, outside of brackets and of texts in quotes. */
function operandsOf(condition: string, operator: string): string[] {
  const operands: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let i = 0; i < condition.length; i++) {
    const character = condition[i];
    if (quoted && character === "\\") i++;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === "(") depth++;
    else if (character === ")") depth--;
    else if (depth === 0 && condition.startsWith(operator, i)) {
      operands.push(condition.slice(start, i));
      start = i + operator.length;
    }
  }
  return [...operands, condition.slice(start)];
}
