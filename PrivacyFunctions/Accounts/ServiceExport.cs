using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// Writes an account's service data as one ZIP (T-EXPORT): for each data set a CSV for people and a file of JSON lines for
/// programs, and the files as they are. Everything streams from store to store, however large the account.
/// </summary>
internal sealed class ServiceExport(DataMapRegister map, PersonalDataSources sources, ExportFolder folder, TimeProvider time)
{
    private const int BlockBytes = 4 * 1024 * 1024;
    private static readonly byte[] EndOfLine = "\n"u8.ToArray();

    /// <summary>Writes the package of the case, or writes it again.</summary>
    public async Task<PackageContents> WriteAsync(CaseId id, AccountId account, CancellationToken cancellation)
    {
        var keys = new AccountKeys(account);
        var sets = map.PurgedWithAccount.Where(set => set.Role is Role.Processor).ToList();
        var blob = await folder.PackageAsync(id);
        await using var target = new HashingStream(
            await blob.OpenWriteAsync(overwrite: true, new() { BufferSize = BlockBytes }, cancellation), HashAlgorithmName.SHA256);
        var records = 0L;
        await using (var zip = await ZipArchive.CreateAsync(
            target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation))
            foreach (var set in sets)
                records += await AddAsync(zip, set, keys, cancellation);
        return new(sets.Count, records, target.Hash(), target.Written);
    }

    // A ZIP takes one entry after the other, so each set is read once for each kind of entry.
    private async Task<long> AddAsync(ZipArchive zip, DataSet set, AccountKeys keys, CancellationToken cancellation)
    {
        var records = 0L;
        await using (var lines = await OpenAsync(zip, $"{set.Id}.jsonl", cancellation))
            await foreach (var record in sources.ExportAsync(set, keys, cancellation))
            {
                await JsonSerializer.SerializeAsync(lines, record.Values, RecordJson.Options, cancellation);
                await lines.WriteAsync(EndOfLine, cancellation);
                records++;
            }

        await using (var csv = await OpenAsync(zip, $"{set.Id}.csv", cancellation))
            await RecordsCsv.WriteAsync(csv, set, sources.ExportAsync(set, keys, cancellation).Select(Row), cancellation);

        if (!set.Fields.Any(field => field.IsFile)) return records;
        var number = 0;
        await foreach (var record in sources.ExportAsync(set, keys, cancellation))
            foreach (var file in record.Files)
            {
                await using var entry = await OpenAsync(zip, $"files/{set.Id}/{SafePath.Of(file.Name, number++)}", cancellation);
                await using var content = await file.OpenAsync(cancellation);
                await content.CopyToAsync(entry, cancellation);
            }

        return records;
    }

    private static ExportedRow Row(PersonalRecord record) =>
        new(record.Key, record.Values, record.Files.Select(file => file.Name));

    private async Task<Stream> OpenAsync(ZipArchive zip, string name, CancellationToken cancellation)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = time.GetUtcNow();
        return await entry.OpenAsync(cancellation);
    }
}
