import Config

System.put_env("A", "1")
System.put_env(%{"B" => "2", "C" => nil})
System.put_env([{"D", "4"}])
System.delete_env("GONE")

config :shop, a: System.get_env("A"), b: System.fetch_env("B"), c: System.get_env("C", "none"), d: System.fetch_env!("D"), gone: System.get_env("GONE"), has: "A" in Map.keys(System.get_env()), raw: :os.getenv('A'), raw2: :os.getenv('ZZZ'), raw3: :os.getenv('ZZZ', 'dflt')
