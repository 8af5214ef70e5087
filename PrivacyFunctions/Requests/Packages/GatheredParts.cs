using System.Runtime.CompilerServices;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>Reads back what was gathered, a record at a time.</summary>
internal sealed class GatheredParts(ExportFolder folder)
{
    public async IAsyncEnumerable<GatheredRecord> ReadAsync(
        CaseId id, DataSetId set, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var part = await folder.PartAsync(id, set.Value);
        using var lines = new StreamReader(await part.OpenReadAsync(cancellationToken: cancellation));
        while (await lines.ReadLineAsync(cancellation) is { } line) yield return RecordJson.Read<GatheredRecord>(line);
    }
}

/// <summary>The names of a package's entries.</summary>
internal static class PackageNames
{
    /// <summary>
    /// The entry of a file: below its data set, numbered so that no two collide, and without anything that could lead out
    /// of the folder into which a person unpacks it.
    /// </summary>
    public static string Of(DataSetId set, GatheredFile file) => $"files/{set}/{file.Number}-{Plain(file.Name)}";

    private static string Plain(string name) =>
        string.Concat(
            name.Select(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '-'))
            .TrimStart('.');
}
