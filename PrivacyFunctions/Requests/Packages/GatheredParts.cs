using System.Runtime.CompilerServices;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>
/// Reads back what was gathered, a record at a time. The map may have been corrected since, so what it does not let out now stays behind.
/// </summary>
internal sealed class GatheredParts(ExportFolder folder)
{
    public async IAsyncEnumerable<GatheredRecord> ReadAsync(
        CaseId id, DataSet covered, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var part = await folder.PartAsync(id, covered.Id.Value);
        using var lines = new StreamReader(await part.OpenReadAsync(cancellationToken: cancellation));
        var hasFiles = covered.Fields.Any(field => field.IsFile);
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            var record = RecordJson.Read<GatheredRecord>(line);
            yield return record with
            {
                Values = FieldFilter.Apply(covered.Fields, new(record.Values)).Values, Files = hasFiles ? record.Files : [],
            };
        }
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
