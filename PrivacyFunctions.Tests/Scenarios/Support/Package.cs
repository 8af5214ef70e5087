using System.IO.Compression;
using System.Net;
using System.Text.Json;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>The answer that a person unpacks.</summary>
internal sealed class Package(ZipArchive zip)
{
    public IReadOnlyList<string> Names => [.. zip.Entries.Select(entry => entry.FullName)];

    public JsonElement Json => JsonDocument.Parse(Text("data.json")).RootElement;

    /// <summary>The readable answer, with its letters as a browser shows them.</summary>
    public string Html => WebUtility.HtmlDecode(Text("index.html"));

    public byte[] Bytes(string name)
    {
        using var entry = zip.GetEntry(name)!.Open();
        using var content = new MemoryStream();
        entry.CopyTo(content);
        return content.ToArray();
    }

    public string Text(string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    public JsonElement Set(string id) =>
        Json.GetProperty("dataSets").EnumerateArray()
            .Single(set => set.GetProperty("id").GetString() == id);

    public int Records(string id) => Set(id).GetProperty("records").GetArrayLength();

    /// <summary>Everything in it as one text.</summary>
    public string Everything => string.Join('\n', Names.Select(Text));
}
