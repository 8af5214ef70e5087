using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// Looks for traces of people through everything in a host's storage account that is not the company's own data: our records,
/// and whatever the Functions host and its durable task hub keep there.
/// </summary>
internal static class LeakLook
{
    // A mailbox has to be known while a case runs; packages and backups are what they are for.
    private static readonly string[] MeantToHoldPeople = ["privacyContacts", "privacy-exports", "backups"];

    /// <summary>Every place with what it holds as one text.</summary>
    public static async IAsyncEnumerable<(string Place, string Text)> EverythingAsync(ScenarioHost host)
    {
        var tables = new TableServiceClient(host.Storage);
        await foreach (var table in tables.QueryAsync())
            if (IsLookedThrough(table.Name))
                await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
                    yield return (table.Name, string.Join('\n', row.Select(property => Text(property.Value))));

        var blobs = new BlobServiceClient(host.Storage);
        await foreach (var container in blobs.GetBlobContainersAsync())
            if (IsLookedThrough(container.Name))
            {
                var client = blobs.GetBlobContainerClient(container.Name);
                await foreach (var blob in client.GetBlobsAsync())
                    if (await client.GetBlobClient(blob.Name).ExistsAsync()) // others work here too
                        yield return ($"{container.Name}/{blob.Name}", blob.Name + Text(
                            (await client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray()));
            }

        if (host is LocalHostProcess local) yield return ("output", local.Output);
    }

    /// <summary>As it is, as JSON and URLs write it, and as the unkeyed hash that anybody could make.</summary>
    public static IReadOnlyList<string> TracesOf(string plain) =>
    [
        plain, JsonEncodedText.Encode(plain).ToString(), Uri.EscapeDataString(plain),
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(plain)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(plain)),
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(plain))),
    ];

    private static bool IsLookedThrough(string name) =>
        !name.StartsWith("company", StringComparison.Ordinal) && !MeantToHoldPeople.Contains(name);

    private static string Text(object? value) => value switch
    {
        byte[] bytes => Text(bytes),
        _ => $"{value}",
    };

    // A durable task hub compresses what is large.
    private static string Text(byte[] bytes)
    {
        if (bytes is not [0x1f, 0x8b, ..]) return Encoding.UTF8.GetString(bytes);
        using var reader = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
