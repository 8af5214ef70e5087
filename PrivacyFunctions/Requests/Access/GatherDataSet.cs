using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Access;

/// <summary>
/// Copies what one data set holds about the person into the case's folder, record by record. The person is located anew
/// each time, by the proven address, so that nothing about them travels in the history.
/// </summary>
internal sealed class GatherDataSet(
    DataMapRegister map, PersonalDataSources sources, KeyedRecords own, SubjectLocator locator, Contacts contacts,
    ExportFolder folder, ILogger<GatherDataSet> log)
{
    public static readonly Step<GatherStep, SearchedSet> Step = new(nameof(GatherDataSet));

    private static readonly byte[] EndOfLine = "\n"u8.ToArray();

    [Function(nameof(GatherDataSet))]
    public async Task<SearchedSet> RunAsync([ActivityTrigger] GatherStep step, CancellationToken cancellation)
    {
        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        var subject = await locator.LocateAsync(contact.Address, cancellation);
        var set = map[DataSetId.Parse(step.DataSet)];

        var (records, files, unmapped) = (0L, 0, new SortedSet<string>(StringComparer.Ordinal));
        var part = await folder.PartAsync(step.CaseId, step.DataSet);
        await using var lines = await part.OpenWriteAsync(overwrite: true, cancellationToken: cancellation);
        var found = set.IsToldFromOurRecords
            ? own.OfAsync(set, subject, step.CaseId, cancellation)
            : sources.ExportAsync(set, subject, cancellation);
        await foreach (var record in found)
        {
            var copies = new List<GatheredFile>();
            foreach (var file in record.Files)
            {
                await CopyAsync(step, file, files, cancellation);
                copies.Add(new(file.Name, files++));
            }

            await JsonSerializer.SerializeAsync(
                lines, new GatheredRecord(record.Key, record.Values, copies), RecordJson.Options, cancellation);
            await lines.WriteAsync(EndOfLine, cancellation);
            records++;
            unmapped.UnionWith(record.UnmappedFields);
        }

        if (unmapped.Count > 0)
            log.LogWarning(
                "The data map has a gap: {DataSet} holds the fields {Fields}, which no answer contains",
                step.DataSet, string.Join(", ", unmapped));
        return new(step.DataSet, records, files);
    }

    private async Task CopyAsync(GatherStep step, PersonalFile file, int number, CancellationToken cancellation)
    {
        await using var content = await file.OpenAsync(cancellation);
        var copy = await folder.FileAsync(step.CaseId, step.DataSet, number);
        await copy.UploadAsync(content, cancellationToken: cancellation);
    }
}

/// <summary>A record as it waits in the case's folder for the package.</summary>
internal sealed record GatheredRecord(
    string Key, IReadOnlyDictionary<string, JsonElement> Values, IReadOnlyList<GatheredFile> Files);

/// <summary>A file of a record: its name for the person and its number in the folder.</summary>
internal sealed record GatheredFile(string Name, int Number);
