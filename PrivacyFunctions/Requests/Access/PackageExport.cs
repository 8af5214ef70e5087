using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Access;

/// <summary>
/// Makes the answer from what was gathered: one ZIP with a readable <c>index.html</c> (GDPR art. 15(1) and (2)), the same in
/// <c>data.json</c>, a CSV for each data set, and the files. Everything streams from blob to blob; a repetition replaces it.
/// </summary>
internal sealed class PackageExport(
    DataMapRegister map, CaseStore cases, Contacts contacts, SubjectLocator locator, ExportFolder folder, GatheredParts parts,
    AnswerPage page, TimeProvider time)
{
    public static readonly Step<PackageStep, PackagedExport> Step = new(nameof(PackageExport));

    private const int BlockBytes = 4 * 1024 * 1024;

    [Function(nameof(PackageExport))]
    public async Task<PackagedExport> RunAsync([ActivityTrigger] PackageStep step, CancellationToken cancellation)
    {
        var request = await cases.GetAsync<AccessRequest>(step.CaseId, cancellation);
        if (request.Status != CaseStatus.Confirmed) return new(step.CaseId, PackageContents.None); // it is offered already
        var sets = step.Sets.Select(found => new AnsweredSet(map[DataSetId.Parse(found.DataSet)], found.Records)).ToList();

        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        List<EmailAddress> searched = [.. (await locator.LocateAsync(contact.Address, cancellation)).Addresses];

        var blob = await folder.PackageAsync(step.CaseId);
        await using var target = new HashingStream(
            await blob.OpenWriteAsync(overwrite: true, new() { BufferSize = BlockBytes }, cancellation),
            HashAlgorithmName.SHA256);
        await using (var zip = await ZipArchive.CreateAsync(
            target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation))
        {
            await AddAsync(zip, "index.html", entry => page.WriteAsync(entry, request, searched, sets, parts, cancellation), cancellation);
            await AddAsync(
                zip, "data.json",
                entry => AnswerJson.WriteAsync(entry, map, request, searched, sets, parts, cancellation),
                cancellation);
            foreach (var set in sets.Where(set => set.Records > 0))
            {
                await AddAsync(
                    zip, $"csv/{set.DataSet.Id}.csv",
                    entry => RecordsCsv.WriteAsync(entry, set.DataSet, RowsAsync(request.Id, set.DataSet.Id, cancellation), cancellation),
                    cancellation);
                await foreach (var record in parts.ReadAsync(request.Id, set.DataSet.Id, cancellation))
                    foreach (var file in record.Files)
                        await AddAsync(
                            zip, PackageNames.Of(set.DataSet.Id, file),
                            entry => CopyAsync(request, set, file, entry, cancellation),
                            cancellation);
            }
        }

        return new(step.CaseId, new(sets.Count, sets.Sum(set => set.Records), target.Hash(), target.Written));
    }

    private IAsyncEnumerable<ExportedRow> RowsAsync(CaseId id, DataSetId set, CancellationToken cancellation) =>
        parts.ReadAsync(id, set, cancellation).Select(record =>
            new ExportedRow(record.Key, record.Values, record.Files.Select(file => PackageNames.Of(set, file))));

    private async Task CopyAsync(AccessRequest request, AnsweredSet set, GatheredFile file, Stream entry, CancellationToken cancellation)
    {
        var copy = await folder.FileAsync(request.Id, set.DataSet.Id.Value, file.Number);
        await copy.DownloadToAsync(entry, cancellation);
    }

    private async Task AddAsync(ZipArchive zip, string name, Func<Stream, Task> write, CancellationToken cancellation)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = time.GetUtcNow();
        await using var content = await entry.OpenAsync(cancellation);
        await write(content);
    }
}

/// <summary>A data set that was searched, and how many records about the person it held.</summary>
internal sealed record AnsweredSet(DataSet DataSet, long Records);
