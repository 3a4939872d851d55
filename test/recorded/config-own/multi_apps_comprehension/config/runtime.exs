import Config

for {app, repo} <- [shop: Shop.Repo, billing: Billing.Repo] do
  prefix = app |> Atom.to_string() |> String.upcase()
  config app, repo, url: System.fetch_env!(prefix <> "_DATABASE_URL"), pool_size: 5
  config app, ecto_repos: [repo]
end
