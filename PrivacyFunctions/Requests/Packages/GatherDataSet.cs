using System.Text.Json;
using Azure;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>
/// Copies what one data set holds about the person, and their right covers, into the case's folder, record by record. The person is
/// located anew each time, by the proven address, so that nothing about them travels in the history; who has come to have it since did not ask, and
/// nothing of theirs is copied. Of what the data map does not know
/// nobody can say whom it is about: it is left out, and the Data Protection Officer is asked to see to it.
/// </summary>
internal sealed class GatherDataSet(
    PackagedRights rights, CaseStore cases, DataMapRegister map, PersonalDataSources sources, KeyedRecords own, MailboxOwners owners,
    Contacts contacts, ExportFolder folder, OfficerMails officer, ILogger<GatherDataSet> log)
{
    public static readonly Step<GatherStep, SearchedSet> Step = new(nameof(GatherDataSet));

    private static readonly byte[] EndOfLine = "\n"u8.ToArray();

    [Function(nameof(GatherDataSet))]
    public async Task<SearchedSet> RunAsync([ActivityTrigger] GatherStep step, CancellationToken cancellation)
    {
        var right = rights.Of((await cases.GetAsync<PackagedRequest>(step.CaseId, cancellation)).Kind);
        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        var subject = await owners.FindAsync(contact.Address, step.CaseId, cancellation);

        var (records, files, unmapped) = (0L, 0, new SortedSet<string>(StringComparer.Ordinal));
        var part = await folder.PartAsync(step.CaseId, step.DataSet);
        await using var lines = await part.OpenWriteAsync(overwrite: true, cancellationToken: cancellation);
        if (subject is null || !map.TryGet(step.DataSet, out var set)) return new(step.DataSet, 0, 0); // nobody can reach what has left the map
        var covered = right.Cover(set);
        var found = set.IsToldFromOurRecords
            ? own.OfAsync(set, subject, step.CaseId, cancellation)
            : sources.ExportAsync(set, subject, cancellation);
        await foreach (var record in found)
        {
            unmapped.UnionWith(record.UnmappedFields);
            if (right.Cover(covered, record, records + 1) is not { } taken) continue;
            var copies = new List<GatheredFile>();
            foreach (var file in taken.Files)
                if (await CopyAsync(step, file, files, cancellation))
                    copies.Add(new(file.Name, files++));

            await JsonSerializer.SerializeAsync(
                lines, new GatheredRecord(taken.Key, taken.Values, copies), RecordJson.Options, cancellation);
            await lines.WriteAsync(EndOfLine, cancellation);
            records++;
        }

        if (unmapped.Count > 0) await NoteGapAsync(step, set, unmapped.Count, right.IsOfEverything, cancellation);
        return new(step.DataSet, records, files);
    }

    // No names: that of a field can be an address. The person's answer does not wait for a mail to somebody else.
    private async Task NoteGapAsync(GatherStep step, DataSet set, int fields, bool isLacking, CancellationToken cancellation)
    {
        log.LogWarning("The data map has a gap: no answer contains {Fields} fields that {DataSet} holds", fields, step.DataSet);
        try
        {
            if (isLacking)
                await officer.TellOnceAsync(step.CaseId, $"gap-{step.DataSet}", new CopyLacksFields(step.CaseId, set.Title, fields), cancellation);
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            log.LogError("The officer could not be told that the copy of case {Case} lacks fields of {DataSet}", step.CaseId, step.DataSet);
        }
    }

    // False for one that is gone since its record was read: then nothing is held of it.
    private async Task<bool> CopyAsync(GatherStep step, PersonalFile file, int number, CancellationToken cancellation)
    {
        Stream content;
        try
        {
            content = await file.OpenAsync(cancellation);
        }
        catch (Exception gone) when (gone is FileNotFoundException or RequestFailedException { Status: 404 })
        {
            return false;
        }

        await using var closing = content;
        var copy = await folder.FileAsync(step.CaseId, step.DataSet, number);
        await copy.UploadAsync(content, cancellationToken: cancellation);
        return true;
    }
}

/// <summary>A record as it waits in the case's folder for the package.</summary>
internal sealed record GatheredRecord(
    string Key, IReadOnlyDictionary<string, JsonElement> Values, IReadOnlyList<GatheredFile> Files);

/// <summary>A file of a record: its name for the person and its number in the folder.</summary>
internal sealed record GatheredFile(string Name, int Number);
