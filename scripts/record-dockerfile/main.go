// Records what BuildKit and moby's pattern matcher make of words, ignore files and Dockerfiles, for test/recorded.
//
//	go run . expand       < cases.json > expand-own.json        [{id, word, env, escape}]
//	go run . dockerignore < cases.json > dockerignore-own.json  [{id, dockerignore, paths}]
//	go run . dockerfile   < cases.json > dockerfile-own.json    [{id, dockerfile}]
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

type fields map[string]any

func main() {
	record := map[string]func(fields){"expand": expand, "dockerignore": dockerignore, "dockerfile": dockerfile}[os.Args[1]]
	var cases []fields
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		panic(err)
	}
	for _, one := range cases {
		record(one)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	if err := out.Encode(cases); err != nil {
		panic(err)
	}
}

func message(err error) any {
	if err == nil {
		return nil
	}
	return err.Error()
}

type environment map[string]any

func (e environment) Get(name string) (string, bool) {
	value, ok := e[name].(string)
	return value, ok
}

func (e environment) Keys() []string {
	names := []string{}
	for name := range e {
		names = append(names, name)
	}
	return names
}

func names(set map[string]struct{}) []string {
	sorted := []string{}
	for name := range set {
		sorted = append(sorted, name)
	}
	sort.Strings(sorted)
	return sorted
}

func expand(one fields) {
	env, _ := one["env"].(map[string]any)
	escape := []rune(one["escape"].(string))[0]
	word := one["word"].(string)
	read, err := shell.NewLex(escape).ProcessWordWithMatches(word, environment(env))
	one["result"], one["error"] = read.Result, message(err)
	if err != nil {
		one["result"] = nil
	}
	one["matched"], one["unmatched"] = names(read.Matched), names(read.Unmatched)
	words, err := shell.NewLex(escape).ProcessWords(word, environment(env))
	if words == nil {
		words = []string{}
	}
	one["words"], one["words_error"] = words, message(err)
}

func dockerignore(one fields) {
	patterns, err := ignorefile.ReadAll(strings.NewReader(one["dockerignore"].(string)))
	var matcher *patternmatcher.PatternMatcher
	if err == nil {
		matcher, err = patternmatcher.New(patterns)
	}
	excluded := map[string]bool{}
	if err == nil {
		for _, path := range one["paths"].([]any) {
			var is bool
			if is, err = matcher.MatchesOrParentMatches(path.(string)); err != nil {
				break
			}
			excluded[path.(string)] = is
		}
	}
	one["patterns"], one["error"], one["excluded"] = patterns, message(err), excluded
	if err != nil {
		one["excluded"] = nil
	}
}

// dockerfile records the instructions as BuildKit's parser splits them: keyword, flags, arguments, heredocs and lines.
func dockerfile(one fields) {
	read, err := parser.Parse(strings.NewReader(one["dockerfile"].(string)))
	one["error"] = message(err)
	if err != nil {
		return
	}
	list := []fields{}
	for _, node := range read.AST.Children {
		entry := fields{"keyword": strings.ToUpper(node.Value), "lines": []int{node.StartLine, node.EndLine}, "flags": append([]string{}, node.Flags...)}
		args := []string{}
		for next := node.Next; next != nil; next = next.Next {
			if len(next.Children) > 0 {
				args = append(args, strings.ToUpper(next.Children[0].Value))
				continue
			}
			args = append(args, next.Value)
		}
		entry["args"], entry["json"] = args, node.Attributes["json"]
		docs := []fields{}
		for _, doc := range node.Heredocs {
			docs = append(docs, fields{"name": doc.Name, "expand": doc.Expand, "chomp": doc.Chomp, "content": doc.Content})
		}
		entry["heredocs"] = docs
		list = append(list, entry)
	}
	one["instructions"], one["escape"] = list, string(read.EscapeToken)
	_, _, err = instructions.Parse(read.AST, nil)
	one["refused"] = message(err)
	if err == nil && len(list) == 0 {
		one["refused"] = fmt.Sprint("nothing")
	}
}
