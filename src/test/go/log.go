// Go's own implementation of transparency logs (golang.org/x/mod/sumdb, as the checksum database runs it) against ours.
//
//	log check FOLDER VKEY   opens the checkpoint, checks every tile, entry and proof of ours, and writes proofs of its own
//	log write FOLDER SIZE   writes a log as C2SP tlog-tiles lays it out, and prints its key
//
// Its tiles are ours at height 8, by other paths: tile/8/0/000 is tile/0/000, tile/8/data/000 is tile/entries/000.
package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	switch os.Args[1] {
	case "check":
		check(os.Args[2], os.Args[3])
	case "write":
		size, err := strconv.ParseInt(os.Args[3], 10, 64)
		must(err)
		write(os.Args[2], size)
	}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func path(folder string, t tlog.Tile) string {
	p := strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", height))
	return filepath.Join(folder, "tile", strings.Replace(p, "data/", "entries/", 1))
}

// NewTiles names the partial tiles of every smaller tree as well.
func tilesOf(size int64) []tlog.Tile {
	var tiles []tlog.Tile
	for _, t := range tlog.NewTiles(height, 0, size) {
		if t.N<<height+int64(t.W) == size>>(height*t.L) || t.W == 1<<height {
			tiles = append(tiles, t)
		}
	}
	return tiles
}

type folderTiles string

func (f folderTiles) Height() int                     { return height }
func (f folderTiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (f folderTiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	all := make([][]byte, len(tiles))
	for i, t := range tiles {
		data, err := os.ReadFile(path(string(f), t))
		if err != nil {
			return nil, err
		}
		all[i] = data
	}
	return all, nil
}

// Hashes in the order in which x/mod stores them.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	all := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		all[i] = s[index]
	}
	return all, nil
}

func (s *stored) add(n int64, entry []byte) {
	hashes, err := tlog.StoredHashes(n, entry, *s)
	must(err)
	*s = append(*s, hashes...)
}

func open(folder, vkey string) tlog.Tree {
	verifier, err := note.NewVerifier(vkey)
	must(err)
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	must(err)
	opened, err := note.Open(signed, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		must(fmt.Errorf("the checkpoint is of %s", lines[0]))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: root}
}

func check(folder, vkey string) {
	tree := open(folder, vkey)
	own := entries(folder, tree.N)
	root, err := tlog.TreeHash(tree.N, own)
	must(err)
	if root != tree.Hash {
		must(fmt.Errorf("the entries come to the root %v, not %v", root, tree.Hash))
	}
	tiles := tilesOf(tree.N)
	for _, t := range tiles {
		computed, err := tlog.ReadTileData(t, own)
		must(err)
		served, err := os.ReadFile(path(folder, t))
		must(err)
		if !bytes.Equal(computed, served) {
			must(fmt.Errorf("another tile: %s", t.Path()))
		}
	}
	reader := tlog.TileHashReader(tree, folderTiles(folder))
	theirs := checkTheirs(folder, tree, own)
	out, err := os.Create(filepath.Join(folder, "go-proofs"))
	must(err)
	defer out.Close()
	for _, n := range []int64{0, 1, tree.N / 3, tree.N / 2, tree.N - 1} {
		record, err := tlog.ProveRecord(tree.N, n, reader)
		must(err)
		fmt.Fprintln(out, "inclusion", n, words(record))
		if n > 0 {
			consistency, err := tlog.ProveTree(tree.N, n, reader)
			must(err)
			fmt.Fprintln(out, "consistency", n, words(consistency))
		}
	}
	fmt.Printf("%d tiles, %d proofs\n", len(tiles), theirs)
}

// Each line of the file java-proofs: inclusion|consistency, index or size, hashes.
func checkTheirs(folder string, tree tlog.Tree, own stored) int {
	file, err := os.Open(filepath.Join(folder, "java-proofs"))
	must(err)
	defer file.Close()
	count := 0
	for lines := bufio.NewScanner(file); lines.Scan(); count++ {
		fields := strings.Fields(lines.Text())
		n, err := strconv.ParseInt(fields[1], 10, 64)
		must(err)
		var proof []tlog.Hash
		for _, word := range fields[2:] {
			hash, err := tlog.ParseHash(word)
			must(err)
			proof = append(proof, hash)
		}
		if fields[0] == "inclusion" {
			must(tlog.CheckRecord(proof, tree.N, tree.Hash, n, own[tlog.StoredHashIndex(0, n)]))
		} else {
			earlier, err := tlog.TreeHash(n, own)
			must(err)
			must(tlog.CheckTree(proof, tree.N, tree.Hash, n, earlier))
		}
	}
	return count
}

func words(hashes []tlog.Hash) string {
	var all []string
	for _, hash := range hashes {
		all = append(all, base64.StdEncoding.EncodeToString(hash[:]))
	}
	return strings.Join(all, " ")
}

func entries(folder string, size int64) stored {
	var own stored
	for n := int64(0); n < size; {
		width := size - n
		if width > 256 {
			width = 256
		}
		data, err := os.ReadFile(path(folder, tlog.Tile{H: height, L: -1, N: n / 256, W: int(width)}))
		must(err)
		for ; len(data) > 0; n++ {
			length := int(binary.BigEndian.Uint16(data))
			own.add(n, data[2:2+length])
			data = data[2+length:]
		}
	}
	return own
}

func write(folder string, size int64) {
	var own stored
	bundles := map[int64][]byte{}
	for n := int64(0); n < size; n++ {
		entry := []byte(fmt.Sprintf("an entry of Go, number %d", n))
		own.add(n, entry)
		bundle := binary.BigEndian.AppendUint16(bundles[n/256], uint16(len(entry)))
		bundles[n/256] = append(bundle, entry...)
	}
	for _, t := range tilesOf(size) {
		data, err := tlog.ReadTileData(t, own)
		must(err)
		put(path(folder, t), data)
		if t.L == 0 {
			t.L = -1
			put(path(folder, t), bundles[t.N])
		}
	}
	root, err := tlog.TreeHash(size, own)
	must(err)
	skey, vkey, err := note.GenerateKey(rand.Reader, "go.example/log")
	must(err)
	signer, err := note.NewSigner(skey)
	must(err)
	text := fmt.Sprintf("go.example/log\n%d\n%s\n", size, root)
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	must(err)
	put(filepath.Join(folder, "checkpoint"), signed)
	fmt.Println(vkey)
}

func put(file string, data []byte) {
	must(os.MkdirAll(filepath.Dir(file), 0o777))
	must(os.WriteFile(file, data, 0o666))
}
