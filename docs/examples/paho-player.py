"""Plays the demo game with Eclipse Paho, in JSON.

Usage: python3 docs/examples/paho-player.py [port]
"""

import itertools
import json
import queue
import sys

import paho.mqtt.client as mqtt


class Failed(Exception):
    """An error that a call was answered with."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.code = error["code"]
        self.details = error.get("details")


class Game:
    """A connection to the game."""

    def __init__(self, port):
        # Paho 2 asks which callbacks one means; Paho 1 has only those.
        version = [mqtt.CallbackAPIVersion.VERSION1] if hasattr(mqtt, "CallbackAPIVersion") else []
        self.ids = itertools.count(1)
        self.replies = {}
        self.pushes = queue.Queue()
        self.client = mqtt.Client(*version, protocol=mqtt.MQTTv311)
        self.client.on_message = self.take
        self.client.connect("127.0.0.1", port, keepalive=20)
        self.client.loop_start()

    def call(self, route, *args):
        """Calls a method and returns its result, or raises Failed."""
        call_id = str(next(self.ids))
        reply = self.replies[call_id] = queue.Queue()
        self.client.publish(f"rpc/{route}/{call_id}", json.dumps(args))
        answer = reply.get(timeout=10)
        if "error" in answer:
            raise Failed(answer["error"])
        return answer["ok"]

    def take(self, _client, _userdata, message):
        """Hears of everything that the server sends, in a thread of Paho's."""
        value = json.loads(message.payload)
        if message.topic.startswith("re/"):
            self.replies.pop(message.topic[3:]).put(value)
        else:
            self.pushes.put((message.topic, value))

    def close(self):
        self.client.disconnect()
        self.client.loop_stop()


port = int(sys.argv[1]) if len(sys.argv) > 1 else 1883
game = Game(port)

# Log in, with a call.
print("entered:", json.dumps(game.call("Login/enter", "Cleo")))

# Get a declared failure: somebody else may not have that name.
other = Game(port)
try:
    other.call("Login/enter", "Cleo")
except Failed as failure:
    print("failed:", failure.code, json.dumps(failure.details))
other.close()

# Receive a push. What is published behind a SUBSCRIBE is taken after it, so there is nothing to wait for.
game.client.subscribe("json/on/Chat/said")
print("said:", json.dumps(game.call("Chat/say", "lobby", "hello from Paho")))
topic, line = game.pushes.get(timeout=10)
print("heard:", topic, json.dumps(line))
game.close()
