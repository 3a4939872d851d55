import Config

add = &(&1 + &2)
up = &String.upcase/1
wrap = &{:ok, &1}
list = &[&1, &1]
str = &"#{&1}!"
local = &Kernel.+/2

config :shop, a: add.(1, 2), b: up.("x"), c: wrap.(1), d: list.(2), e: str.("hi"), f: local.(3, 4), g: Enum.map([1, 2], &(&1 * 2)), h: (&Map.get/2).(%{a: 1}, :a), i: Enum.reduce(1..4, &*/2), j: apply(add, [5, 6]), k: apply(String, :trim, [" x "]), l: Function.identity(3), m: Enum.map([a: 1], &elem(&1, 0)), n: then(3, &(&1 - 1)), o: is_function(add, 2)
