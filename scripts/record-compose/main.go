// Records what Docker Compose makes of the cases in a folder: `go run . DIR` writes DIR/<case>/expected.json.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/docker/cli/pkg/kvfile"
	"github.com/sirupsen/logrus"
)

type call struct {
	Files            []string          `json:"files"`
	EnvFiles         []string          `json:"env_files"`
	Profiles         []string          `json:"profiles"`
	ProjectDirectory string            `json:"project_directory"`
	Cwd              string            `json:"cwd"`
	Env              map[string]string `json:"env"`
}

// warned gathers what Compose logs while it loads.
type warned struct{ messages []string }

func (w *warned) Levels() []logrus.Level { return []logrus.Level{logrus.WarnLevel} }
func (w *warned) Fire(entry *logrus.Entry) error {
	w.messages = append(w.messages, entry.Message)
	return nil
}

func main() {
	dotenv.RegisterFormat("raw", func(r io.Reader, filename string, vars map[string]string, lookup func(string) (string, bool)) error {
		lines, err := kvfile.ParseFromReader(r, lookup)
		if err != nil {
			return fmt.Errorf("failed to parse env_file %s: %w", filename, err)
		}
		for _, line := range lines {
			key, value, _ := strings.Cut(line, "=")
			vars[key] = value
		}
		return nil
	})
	logrus.SetOutput(io.Discard)
	root, err := filepath.Abs(os.Args[1])
	check(err)
	cases, err := filepath.Glob(filepath.Join(root, "*", "case.json"))
	check(err)
	for _, path := range cases {
		folder := filepath.Dir(path)
		text, err := json.MarshalIndent(record(folder), "", "  ")
		check(err)
		text = []byte(strings.ReplaceAll(string(text), folder, "<dir>"))
		check(os.WriteFile(filepath.Join(folder, "expected.json"), append(text, '\n'), 0o644))
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func record(folder string) (result map[string]any) {
	var c call
	text, err := os.ReadFile(filepath.Join(folder, "case.json"))
	check(err)
	check(json.Unmarshal(text, &c))
	hook := &warned{}
	logrus.StandardLogger().ReplaceHooks(logrus.LevelHooks{})
	logrus.AddHook(hook)
	check(os.Chdir(filepath.Join(folder, c.Cwd)))
	os.Clearenv()
	for key, value := range c.Env {
		check(os.Setenv(key, value))
	}
	defer func() {
		if trouble := recover(); trouble != nil {
			result = map[string]any{"error": fmt.Sprint("panic: ", trouble), "services": nil, "warnings": []string{}}
		}
	}()
	project, err := load(c)
	warnings := append([]string{}, hook.messages...)
	sort.Strings(warnings)
	warnings = slices.Compact(warnings)
	if err != nil {
		return map[string]any{"error": err.Error(), "services": nil, "warnings": warnings}
	}
	return describe(project, folder, warnings)
}

// load follows the order in which the Docker CLI's compose plugin sets up a project.
func load(c call) (*types.Project, error) {
	envFiles := c.EnvFiles
	if len(envFiles) == 0 {
		envFiles = strings.FieldsFunc(os.Getenv("COMPOSE_ENV_FILES"), func(r rune) bool { return r == ',' })
	}
	exportComposeVariables(c, envFiles)
	for i, file := range envFiles {
		abs, err := filepath.Abs(file)
		if err != nil {
			return nil, err
		}
		envFiles[i] = abs
	}
	options, err := cli.NewProjectOptions(c.Files,
		cli.WithWorkingDirectory(c.ProjectDirectory),
		cli.WithOsEnv,
		cli.WithEnvFiles(envFiles...),
		cli.WithDotEnv,
		cli.WithConfigFileEnv,
		cli.WithDefaultConfigPath,
		cli.WithEnvFiles(envFiles...),
		cli.WithDotEnv,
		cli.WithDefaultProfiles(c.Profiles...),
	)
	if err != nil {
		return nil, err
	}
	return options.LoadProject(context.Background())
}

func exportComposeVariables(c call, envFiles []string) {
	options, err := cli.NewProjectOptions(c.Files, cli.WithWorkingDirectory(c.ProjectDirectory), cli.WithOsEnv, cli.WithEnvFiles(envFiles...), cli.WithDotEnv)
	if err != nil {
		return
	}
	current := map[string]string{}
	for _, entry := range os.Environ() {
		key, value, _ := strings.Cut(entry, "=")
		current[key] = value
	}
	values, err := dotenv.GetEnvFromFile(current, options.EnvFiles)
	if err != nil {
		return
	}
	for key, value := range values {
		if _, set := os.LookupEnv(key); !set && strings.HasPrefix(key, "COMPOSE_") {
			check(os.Setenv(key, value))
		}
	}
}

var told = strings.Fields("build command entrypoint environment env_file healthcheck ports image profiles secrets configs depends_on deploy scale networks extends")

func describe(project *types.Project, folder string, warnings []string) map[string]any {
	local := func(path string) string {
		if !filepath.IsAbs(path) {
			return path
		}
		relative, err := filepath.Rel(folder, path)
		if err != nil || strings.HasPrefix(relative, "../..") {
			return path
		}
		return relative
	}
	services := map[string]any{}
	for name, service := range project.Services {
		services[name] = describeService(service, local)
	}
	files := []string{}
	for _, file := range project.ComposeFiles {
		files = append(files, local(file))
	}
	disabled := project.DisabledServiceNames()
	if disabled == nil {
		disabled = []string{}
	}
	objects := func(object types.FileObjectConfig) map[string]any {
		result := map[string]any{"name": object.Name}
		if object.File != "" {
			result["file"] = local(object.File)
		}
		if object.Environment != "" {
			result["environment"] = object.Environment
		} else if object.Content != "" {
			result["content"] = object.Content
		}
		if object.External {
			result["external"] = true
		}
		return result
	}
	secrets, configs := map[string]any{}, map[string]any{}
	for key, secret := range project.Secrets {
		secrets[key] = objects(types.FileObjectConfig(secret))
	}
	for key, config := range project.Configs {
		configs[key] = objects(types.FileObjectConfig(config))
	}
	return map[string]any{
		"error": nil, "name": project.Name, "services": services, "compose_files": files, "disabled_services": disabled,
		"secrets": secrets, "configs": configs, "warnings": warnings,
	}
}

func orNil[T comparable](value T) any {
	var zero T
	if value == zero {
		return nil
	}
	return value
}

func describeService(service types.ServiceConfig, local func(string) string) map[string]any {
	envFiles := []any{}
	for _, file := range service.EnvFiles {
		envFiles = append(envFiles, map[string]any{"path": local(file.Path), "required": bool(file.Required), "format": file.Format})
	}
	ports := []any{}
	for _, port := range service.Ports {
		ports = append(ports, map[string]any{
			"target": port.Target, "published": orNil(port.Published), "host_ip": orNil(port.HostIP), "protocol": port.Protocol, "mode": port.Mode,
		})
	}
	var dependsOn any
	if len(service.DependsOn) > 0 {
		all := map[string]any{}
		for name, dependency := range service.DependsOn {
			all[name] = map[string]any{"condition": dependency.Condition, "required": dependency.Required}
		}
		dependsOn = all
	}
	var replicas any
	if service.Deploy != nil && service.Deploy.Replicas != nil {
		replicas = *service.Deploy.Replicas
	}
	environment := map[string]*string(service.Environment)
	if environment == nil {
		environment = map[string]*string{}
	}
	return map[string]any{
		"build": describeBuild(service.Build, local), "command": service.Command, "entrypoint": service.Entrypoint,
		"image": orNil(service.Image), "environment": environment, "env_file": envFiles, "ports": ports, "depends_on": dependsOn,
		"deploy_replicas": replicas, "scale": service.Scale, "healthcheck": service.HealthCheck,
		"profiles": listed(service.Profiles), "secrets": listed(service.Secrets), "configs": listed(service.Configs),
		"extra": extra(service),
	}
}

func listed[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

func describeBuild(build *types.BuildConfig, local func(string) string) any {
	if build == nil {
		return nil
	}
	args := map[string]*string(build.Args)
	if args == nil {
		args = map[string]*string{}
	}
	var contexts any
	if len(build.AdditionalContexts) > 0 {
		all := map[string]string{}
		for name, context := range build.AdditionalContexts {
			all[name] = local(context)
		}
		contexts = all
	}
	var secrets any
	if len(build.Secrets) > 0 {
		secrets = build.Secrets
	}
	return map[string]any{
		"context": local(build.Context), "dockerfile": orNil(build.Dockerfile), "dockerfile_inline": orNil(build.DockerfileInline),
		"target": orNil(build.Target), "args": args, "additional_contexts": contexts, "secrets": secrets,
	}
}

func extra(service types.ServiceConfig) []string {
	text, err := json.Marshal(service)
	check(err)
	keys := map[string]any{}
	check(json.Unmarshal(text, &keys))
	for _, key := range told {
		delete(keys, key)
	}
	names := []string{}
	for key := range keys {
		names = append(names, key)
	}
	sort.Strings(names)
	return names
}
