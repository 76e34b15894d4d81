import { describe, expect, test } from "vitest";
import { Board } from "../../demo/game/board.js";

describe("the board", () => {
  test("adds up what a user gathered, and lists the best first", () => {
    const board = new Board(10);
    board.record("u1", "Ann", 3);
    board.record("u2", "Bea", 5);
    board.record("u1", "Ann", 4);
    expect(board.top(10)).toEqual([
      { name: "Ann", points: 7 },
      { name: "Bea", points: 5 },
    ]);
    expect(board.top(1)).toEqual([{ name: "Ann", points: 7 }]);
  });

  test("follows a user who changes the name, with or without new points", () => {
    const board = new Board(10);
    board.record("u1", "Ann", 3);
    board.record("u1", "Anna", 0);
    expect(board.top(10)).toEqual([{ name: "Anna", points: 3 }]);
  });

  test("does not list somebody who gathered nothing", () => {
    const board = new Board(10);
    expect(board.record("u1", "Ann", 0)).toBe(true);
    expect(board.top(10)).toEqual([]);
  });

  test("keeps the name of a user who has left, and knows none of a stranger", () => {
    const board = new Board(10);
    board.record("u1", "Ann", 3);
    expect(board.record("u1", undefined, 2)).toBe(true);
    expect(board.record("u2", undefined, 9)).toBe(false);
    expect(board.top(10)).toEqual([{ name: "Ann", points: 5 }]);
  });

  test("lists a name once, with the most that was gathered under it", () => {
    const board = new Board(10);
    board.record("u1", "Ann", 3);
    board.record("u2", "ann", 8);
    board.record("u3", "Bea", 5);
    expect(board.top(10)).toEqual([
      { name: "ann", points: 8 },
      { name: "Bea", points: 5 },
    ]);
  });

  test("never counts beyond what the wire can say", () => {
    const board = new Board(10);
    board.record("u1", "Ann", 2 ** 32 - 1);
    board.record("u1", "Ann", 10);
    expect(board.top(1)[0]?.points).toBe(2 ** 32 - 1);
  });

  test("forgets the least when it is full, and never the best", () => {
    const board = new Board(50);
    board.record("best", "Best", 1_000);
    for (let i = 0; i < 500; i++) board.record(`u${i}`, `Ant ${i}`, i + 1);
    const top = board.top(100);
    expect(top.length).toBeLessThanOrEqual(50);
    expect(top[0]).toEqual({ name: "Best", points: 1_000 });
    expect(top[1]).toEqual({ name: "Ant 499", points: 500 });
    expect(board.record("u0", undefined, 1)).toBe(false);
  });
});
