package main

import (
	_ "github.com/compose-spec/compose-go/v2/cli"
	_ "github.com/docker/cli/pkg/kvfile"
)

func main() {}
