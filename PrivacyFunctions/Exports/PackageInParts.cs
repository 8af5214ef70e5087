using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Exports;

/// <summary>
/// The package of a case that is made in several goes, each of which may die: what a go added is there as a whole or not at all,
/// together with the note where the next one begins. Of two goes at once one fails, and adds nothing.
/// </summary>
internal sealed class PackageInParts
{
    private const string Next = "next";
    private const string Last = "last";
    private const string Start = "start";
    private const string Whole = "whole";

    private readonly ExportFolder _folder;
    private readonly CaseId _id;
    private readonly BlockBlobClient _blob;
    private readonly ETag? _tag;
    private readonly Dictionary<string, string> _notes;

    private PackageInParts(ExportFolder folder, CaseId id, BlockBlobClient blob, ETag? tag, Dictionary<string, string> notes, long length) =>
        (_folder, _id, _blob, _tag, _notes, Length) = (folder, id, blob, tag, notes, length);

    /// <summary>Whether nothing more comes.</summary>
    public bool IsWhole => _notes.ContainsKey(Whole);

    /// <summary>Bytes so far.</summary>
    public long Length { get; }

    /// <summary>The package as it is now, which may not be there yet.</summary>
    public static async Task<PackageInParts> OpenAsync(ExportFolder folder, CaseId id, CancellationToken cancellation)
    {
        var blob = await folder.PackageAsync(id);
        try
        {
            var found = (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value;
            return found.Metadata.ContainsKey(Next)
                ? new(folder, id, blob, found.ETag, new(found.Metadata), found.ContentLength)
                : new(folder, id, blob, found.ETag, [], length: 0); // of an earlier version: made anew
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return new(folder, id, blob, tag: null, [], length: 0);
        }
    }

    /// <summary>Where the next go begins; null when nothing is there.</summary>
    public T? Where<T>() where T : class =>
        _notes.TryGetValue(Next, out var note)
            ? JsonSerializer.Deserialize<T>(Convert.FromBase64String(note), PackageJson.Options)
            : null;

    /// <summary>As it would be if nothing were there.</summary>
    public PackageInParts Anew() => new(_folder, _id, _blob, _tag, [], length: 0);

    /// <summary>A go more.</summary>
    /// <param name="write">Adds entries, and says where the next go begins.</param>
    /// <param name="cancellation">Stops it; nothing was added then.</param>
    /// <exception cref="RequestFailedException">Somebody else added or deleted something meanwhile.</exception>
    public async Task<PackageInParts> AddAsync<T>(Func<ZipArchive, Task<T>> write, CancellationToken cancellation) where T : class
    {
        await using var stream = new BlockStream(_blob, Length, cancellation);
        using var directory = new MemoryStream();
        T next;
        await using (var zip = await ZipArchive.CreateAsync(
            stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation))
        {
            next = await write(zip);
            stream.Divert(directory);
        }

        var name = Guid.NewGuid().ToString("N");
        directory.Position = 0;
        await (await _folder.DirectoryAsync(_id, name)).UploadAsync(
            directory,
            new BlobUploadOptions { Metadata = With(_notes.TryGetValue(Last, out var before) ? (Last, before) : null, (Start, Text(Length))) },
            cancellation);
        return await CommitAsync(
            stream, With((Last, name), (Next, Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(next, PackageJson.Options)))),
            cancellation);
    }

    /// <summary>The end: the directory of all entries.</summary>
    /// <exception cref="RequestFailedException">Somebody else added or deleted something meanwhile.</exception>
    public async Task<PackageInParts> EndAsync(CancellationToken cancellation)
    {
        var goes = new Stack<(BlockBlobClient Directory, long Start)>();
        for (_notes.TryGetValue(Last, out var name); name is not null;)
        {
            var directory = await _folder.DirectoryAsync(_id, name);
            var notes = (await directory.GetPropertiesAsync(cancellationToken: cancellation)).Value.Metadata;
            goes.Push((directory, long.Parse(notes[Start], CultureInfo.InvariantCulture)));
            notes.TryGetValue(Last, out name);
        }

        await using var stream = new BlockStream(_blob, Length, cancellation);
        var whole = new ZipDirectory(stream, Length);
        foreach (var (directory, start) in goes)
        {
            whole.Add((await directory.DownloadContentAsync(cancellation)).Value.Content, start);
            await stream.FlushAsync(cancellation);
        }

        whole.End();
        return await CommitAsync(stream, new Dictionary<string, string>(_notes) { [Whole] = "true" }, cancellation);
    }

    /// <summary>SHA-256 of all bytes, in lower-case hexadecimal.</summary>
    public async Task<string> HashAsync(CancellationToken cancellation)
    {
        await using var content = await _blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellation);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
    }

    private async Task<PackageInParts> CommitAsync(
        BlockStream added, Dictionary<string, string> notes, CancellationToken cancellation)
    {
        var before = Length == 0
            ? []
            : (await _blob.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: cancellation)).Value.CommittedBlocks;
        var committed = await _blob.CommitBlockListAsync(
            [.. before.Select(block => block.Name), .. await added.EndAsync()],
            new CommitBlockListOptions
            {
                Metadata = notes,
                Conditions = _tag is { } tag ? new() { IfMatch = tag } : new() { IfNoneMatch = ETag.All },
            },
            cancellation);
        return new(_folder, _id, _blob, committed.Value.ETag, notes, Length + added.Written);
    }

    private static Dictionary<string, string> With(params (string Name, string Value)?[] notes) =>
        notes.OfType<(string Name, string Value)>().ToDictionary(note => note.Name, note => note.Value);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
