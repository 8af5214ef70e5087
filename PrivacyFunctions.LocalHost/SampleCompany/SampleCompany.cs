using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>Puts the sample company into a storage account.</summary>
internal static class SampleCompany
{
    /// <summary>Holds one row that says whether the sample is complete; nothing about people.</summary>
    public const string MarkerTable = "companySeed";

    private const int LargestTransaction = 100; // the service's limit for an entity group transaction
    private const int Parallelism = 16;

    /// <summary>
    /// Writes the sample as it is on <paramref name="today"/>, unless a complete one is there, which is left alone: it may
    /// have been changed since. One that was left half-way is completed, for the day on which it was begun.
    /// </summary>
    /// <returns>Whether anything was written.</returns>
    public static async Task<bool> SeedAsync(
        TableServiceClient tables, BlobServiceClient blobs, DateOnly today, IProgress<string>? progress,
        CancellationToken cancellation)
    {
        var marker = await SampleMarker.BeginAsync(tables.GetTableClient(MarkerTable), today, cancellation);
        if (marker.IsDone)
            return false;

        var data = SampleData.Generate(marker.Today);
        progress?.Report($"Sample company: {SamplePeople.Count} people, {data.Rows.Count} rows, {data.Blobs.Count} files");
        await WriteAsync(tables, data.Rows, cancellation);
        progress?.Report("Sample company: rows written");
        await WriteAsync(blobs, data.Blobs, cancellation);
        await marker.DoneAsync(cancellation);
        progress?.Report("Sample company: complete");
        return true;
    }

    private static async Task WriteAsync(TableServiceClient tables, IReadOnlyList<SampleRow> rows, CancellationToken cancellation)
    {
        foreach (var table in rows.Select(row => row.Table).Distinct())
            await tables.CreateTableIfNotExistsAsync(table, cancellation);

        var transactions = rows
            .GroupBy(row => (row.Table, row.PartitionKey)).SelectMany(partition => partition.Chunk(LargestTransaction));
        await Parallel.ForEachAsync(transactions, With(cancellation), async (transaction, stop) =>
        {
            var upserts = transaction.Select(row =>
                new TableTransactionAction(TableTransactionActionType.UpsertReplace, row.ToEntity()));
            await tables.GetTableClient(transaction[0].Table).SubmitTransactionAsync(upserts, stop);
        });
    }

    private static async Task WriteAsync(
        BlobServiceClient service, IReadOnlyList<SampleBlob> blobs, CancellationToken cancellation)
    {
        foreach (var container in blobs.Select(blob => blob.Container).Distinct())
            await service.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellation);

        await Parallel.ForEachAsync(blobs, With(cancellation), async (blob, stop) =>
        {
            var headers = new BlobHttpHeaders { ContentType = blob.ContentType };
            var client = service.GetBlobContainerClient(blob.Container).GetBlobClient(blob.Name);
            await client.UploadAsync(blob.Content, new BlobUploadOptions { HttpHeaders = headers }, stop);
        });
    }

    private static ParallelOptions With(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
}
