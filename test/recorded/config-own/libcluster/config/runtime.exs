import Config

topologies =
  if query = System.get_env("DNS_CLUSTER_QUERY") do
    [
      fly6pn: [
        strategy: Cluster.Strategy.DNSPoll,
        config: [polling_interval: 5_000, query: query, node_basename: List.first(String.split(query, "."))]
      ]
    ]
  else
    []
  end

config :libcluster, topologies: topologies, debug: false
