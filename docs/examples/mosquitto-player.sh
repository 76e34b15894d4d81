#!/bin/sh
# Plays the demo game with Debian's mosquitto-clients.
# Usage: sh docs/examples/mosquitto-player.sh [port]
set -eu
port=${1:-1883}
heard=$(mktemp)
trap 'kill $! 2>/dev/null || true; rm -f "$heard"' EXIT

# Log in. The demo takes a user name in the CONNECT as the name of a player, and pushes to whoever is in.
mosquitto_sub -V mqttv311 -h 127.0.0.1 -p "$port" -u Ann -v -t json/on/Chat/said -t json/on/Arena/moved >"$heard" &
until grep -q '^json/on/Arena/moved ' "$heard"; do sleep 0.1; done

# Call. The reply comes to re/ and the id that stands at the end of the topic.
mosquitto_rr -V mqttv311 -h 127.0.0.1 -p "$port" -t rpc/Ranking/top/1 -e re/1 -m '[3]'

# Get a declared failure: that name is taken.
mosquitto_rr -V mqttv311 -h 127.0.0.1 -p "$port" -t rpc/Login/enter/1 -e re/1 -m '["Ann"]'

# Receive a push: Bob says something, and Ann hears it.
mosquitto_rr -V mqttv311 -h 127.0.0.1 -p "$port" -u Bob -t rpc/Chat/say/1 -e re/1 -m '{"room":"lobby","text":"hello Ann"}'
until grep -m 1 'hello Ann' "$heard"; do sleep 0.1; done
