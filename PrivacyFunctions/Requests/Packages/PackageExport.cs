using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>
/// Makes the answer from what was gathered: one ZIP with what the right puts first, a CSV for each data set, and the files. Everything
/// streams from blob to blob; a repetition replaces it.
/// </summary>
internal sealed class PackageExport(
    PackagedRights rights, DataMapRegister map, CaseStore cases, Contacts contacts, MailboxOwners owners, ExportFolder folder,
    GatheredParts parts, TimeProvider time)
{
    public static readonly Step<PackageStep, PackagedExport> Step = new(nameof(PackageExport));

    private const int BlockBytes = 4 * 1024 * 1024;

    [Function(nameof(PackageExport))]
    public async Task<PackagedExport> RunAsync([ActivityTrigger] PackageStep step, CancellationToken cancellation)
    {
        var request = await cases.GetAsync<PackagedRequest>(step.CaseId, cancellation);
        if (request.Status != CaseStatus.Confirmed) return new(step.CaseId, PackageContents.None); // it is offered already
        var right = rights.Of(request.Kind);
        var sets = new List<AnsweredSet>();
        foreach (var found in step.Sets)
            if (map.TryGet(found.DataSet, out var set)) sets.Add(new(right.Cover(set), found.Records, found.Files));

        var mailbox = (await contacts.GetAsync(step.CaseId, cancellation)).Address;
        await owners.NoteAsync(mailbox, step.CaseId, cancellation); // whoever comes to have the mailbox must not fetch it
        var who = await owners.FindAsync(mailbox, step.CaseId, cancellation);
        var source = new PackageSource(request, [.. who?.Addresses ?? [mailbox]], sets);

        var blob = await folder.PackageAsync(step.CaseId);
        await using var target = new HashingStream(
            await blob.OpenWriteAsync(overwrite: true, new() { BufferSize = BlockBytes }, cancellation),
            HashAlgorithmName.SHA256);
        await using (var zip = await ZipArchive.CreateAsync(
            target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation))
        {
            foreach (var entry in right.EntriesOf(source)) await AddAsync(zip, entry, cancellation);
            foreach (var set in sets.Where(set => set.Records > 0))
            {
                await AddAsync(zip, TableOf(request, set), cancellation);
                await foreach (var record in parts.ReadAsync(request.Id, set.DataSet, cancellation))
                    foreach (var file in record.Files)
                        await AddAsync(zip, CopyOf(request, set, file), cancellation);
            }
        }

        return new(step.CaseId, new(sets.Count, sets.Sum(set => set.Records), target.Hash(), target.Written));
    }

    private PackageEntry TableOf(PackagedRequest request, AnsweredSet set) => new(
        $"csv/{set.DataSet.Id}.csv",
        (entry, cancellation) =>
            RecordsCsv.WriteAsync(entry, set.DataSet, RowsAsync(request.Id, set.DataSet, cancellation), cancellation));

    private IAsyncEnumerable<ExportedRow> RowsAsync(CaseId id, DataSet set, CancellationToken cancellation) =>
        parts.ReadAsync(id, set, cancellation).Select(record =>
            new ExportedRow(record.Key, record.Values, record.Files.Select(file => PackageNames.Of(set.Id, file))));

    private PackageEntry CopyOf(PackagedRequest request, AnsweredSet set, GatheredFile file) => new(
        PackageNames.Of(set.DataSet.Id, file),
        async (entry, cancellation) =>
        {
            var copy = await folder.FileAsync(request.Id, set.DataSet.Id.Value, file.Number);
            await copy.DownloadToAsync(entry, cancellation);
        });

    private async Task AddAsync(ZipArchive zip, PackageEntry added, CancellationToken cancellation)
    {
        var entry = zip.CreateEntry(added.Name);
        entry.LastWriteTime = time.GetUtcNow();
        await using var content = await entry.OpenAsync(cancellation);
        await added.WriteAsync(content, cancellation);
    }
}
