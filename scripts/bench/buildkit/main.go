// Lints Dockerfiles with BuildKit's own linter, as `docker build --check` does: go run . FILE…
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/solver/pb"
	digest "github.com/opencontainers/go-digest"
)

// An image of which nothing is asked, so that no registry is.
type unseen struct{}

func (unseen) ResolveImageConfig(_ context.Context, ref string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	config := []byte(`{"architecture":"amd64","os":"linux","config":{}}`)
	return ref, digest.FromBytes(config), config, nil
}

func main() {
	caps := pb.Caps.CapSet(pb.Caps.All())
	for _, file := range os.Args[1:] {
		text, err := os.ReadFile(file)
		if err != nil {
			panic(err)
		}
		found, err := dockerfile2llb.DockerfileLint(context.Background(), text, dockerfile2llb.ConvertOpt{
			LLBCaps:      &caps,
			MetaResolver: unseen{},
			SourceMap:    &llb.SourceMap{Definition: &llb.Definition{}, Filename: file, Language: "Dockerfile", Data: text},
		})
		if err != nil {
			fmt.Println(file, err)
			continue
		}
		if found.Error != nil {
			fmt.Println(file, found.Error.Message)
		}
		fmt.Println(file, len(found.Warnings))
	}
}
