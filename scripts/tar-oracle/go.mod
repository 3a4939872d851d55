module tar-oracle

go 1.21
