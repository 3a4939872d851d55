import Config

if Version.match?(System.version(), ">= 1.10.0") do
  config :shop, modern: true
end

config :shop, otp: is_binary(System.otp_release()), cmp: Version.compare("1.10.0", "1.9.9"), ok: Version.match?("2.0.0-rc.1", "~> 2.0"), pre: Version.match?("2.0.0-rc.1", "> 1.0.0", allow_pre: false), or: Version.match?("1.5.0", "~> 1.4.0 or >= 1.5.0"), p: Version.parse("1.x"), schedulers: is_integer(System.schedulers_online())
