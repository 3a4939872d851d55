// Says what Go's archive/tar, by which Docker reads, sees in tars: each comes on the standard input behind its length
// (four bytes, big-endian), and gives one line of JSON. Names are in hexadecimal digits, since they are bytes.
package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
)

type entry struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Size int64  `json:"size"`
	Mode int64  `json:"mode"`
	UID  int    `json:"uid"`
	Link string `json:"link"`
	Sum  string `json:"sum"`
}

type reading struct {
	Entries []entry `json:"entries"`
	Error   string  `json:"error"`
}

// Contents beyond this are not looked at: a hole of gigabytes takes a few bytes of a tar.
const largest = 1 << 20

func main() {
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := json.NewEncoder(out)
	for {
		var length uint32
		if err := binary.Read(in, binary.BigEndian, &length); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			panic(err)
		}
		bytesOf := make([]byte, length)
		if _, err := io.ReadFull(in, bytesOf); err != nil {
			panic(err)
		}
		if err := lines.Encode(read(bytesOf)); err != nil {
			panic(err)
		}
	}
}

func read(text []byte) reading {
	found := reading{Entries: []entry{}}
	reader := tar.NewReader(bytes.NewReader(text))
	for {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return found
		}
		sum := sha256.New()
		if err == nil && header.Size <= largest {
			_, err = io.Copy(sum, reader)
		}
		if err != nil {
			found.Error = err.Error()
			return found
		}
		found.Entries = append(found.Entries, entry{
			Name: hex.EncodeToString([]byte(header.Name)),
			Type: string(rune(header.Typeflag)),
			Size: header.Size,
			Mode: header.Mode & 07777,
			UID:  header.Uid,
			Link: hex.EncodeToString([]byte(header.Linkname)),
			Sum:  hex.EncodeToString(sum.Sum(nil)),
		})
	}
}
