// All that dockerfile-ast uses of vscode-languageserver-types, which is a hundred times as long and would be run at each start.
const Position = { create: (line, character) => ({ line, character }) }
const Range = {
  create: (one, two, three, four) =>
    three === undefined
      ? { start: one, end: two }
      : { start: Position.create(one, two), end: Position.create(three, four) },
}
module.exports = { Position, Range }
