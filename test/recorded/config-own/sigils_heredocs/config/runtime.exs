import Config

name = System.get_env("NAME", "world")

text = """
  Hello #{name},
    indented \
  joined
  tab\tend
  """

raw = ~S"""
no #{interp} \n here
"""

chars = '''
abc
'''

config :shop,
  text: text, raw: raw, chars: chars, cl: ~c"h#{name}", cl2: 'x', words: ~w(a b #{name}c), atoms: ~w(a b)a, chs: ~w(ab c)c,
  s: ~s(with "quotes" and #{1 + 1}), slash: ~s/a\/b/, big: ~S(raw \( paren), re: ~r/^a.*\d$/i, q: ?a, nl: ?\n,
  esc: "a\x41\u00e9\u{1F600}\s\e\0", atom: :"hello #{name}", atom2: :"with space", d: ~D[2024-02-29], t: ~T[10:00:00]
