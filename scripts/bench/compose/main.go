// Loads compose files with compose-go, as Docker Compose does: go run . FILE…
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	for _, file := range os.Args[1:] {
		options, err := cli.NewProjectOptions([]string{file}, cli.WithOsEnv, cli.WithDotEnv)
		if err != nil {
			panic(err)
		}
		project, err := options.LoadProject(context.Background())
		if err != nil {
			fmt.Println(file, err)
			continue
		}
		fmt.Println(file, len(project.Services))
	}
}
