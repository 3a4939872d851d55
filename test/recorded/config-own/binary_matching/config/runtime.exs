import Config

{kind, rest} =
  case System.get_env("URL", "redis://h:1") do
    "redis://" <> rest -> {:redis, rest}
    "rediss://" <> rest -> {:rediss, rest}
    <<first::binary-size(1), rest::binary>> -> {first, rest}
    <<>> -> {:empty, nil}
  end

<<a::8, b::16, c::binary>> = "abcdef"
config :shop, kind: kind, rest: rest, parts: {a, b, c}, build: <<1, 2, 3::16, "x">>, utf: <<233::utf8>>, size: byte_size(<<1::24>>)
