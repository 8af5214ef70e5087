using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>Puts a value right in the documents of a person's records, or takes out one of their files, and touches no other blob.</summary>
internal static class BlobCorrection
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc cref="IPersonalDataSource.CorrectAsync"/>
    public static async Task<CorrectedRecords> CorrectAsync(
        BlobContainerClient container, Reach reach, FieldCorrection correction, CancellationToken cancellation)
    {
        if (reach.Set.Store is not StoreLocation.Blobs { Document: { } document })
            throw new InvalidOperationException($"The data set '{reach.Set.Id}' has no documents.");
        var done = CorrectedRecords.None;
        foreach (var prefix in reach.Names)
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation))
                if (blob.Name[prefix.Length..].Split('/') is [_, var name] && name == document)
                    done += await CorrectAsync(container.GetBlobClient(blob.Name), correction, cancellation);
        return done;
    }

    /// <summary>Deletes the file of that name, wherever within reach it is. Gone already, it needs nothing more.</summary>
    /// <exception cref="ArgumentException">A file cannot be another one: only its deletion is no mistake.</exception>
    public static async Task<CorrectedRecords> TakeOutAsync(
        BlobContainerClient container, Reach reach, FieldCorrection correction, CancellationToken cancellation)
    {
        if (correction.After.Length > 0 || correction.Before.Length == 0) throw new ArgumentException("A file can be taken out, and not corrected.", nameof(correction));
        var done = CorrectedRecords.None;
        foreach (var prefix in reach.Names)
            if (await container.DeleteBlobIfExistsAsync(prefix + correction.Before, DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation))
                done += new CorrectedRecords(1, 1, 0);
        return done;
    }

    // Whatever else the document holds stays as it is; what somebody changes at this moment is not overwritten.
    private static async Task<CorrectedRecords> CorrectAsync(BlobClient blob, FieldCorrection correction, CancellationToken cancellation)
    {
        BlobDownloadResult stored;
        try
        {
            stored = await blob.DownloadContentAsync(cancellation);
        }
        catch (RequestFailedException gone) when (gone.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return CorrectedRecords.None;
        }

        if (JsonNode.Parse(stored.Content.ToStream()) is not JsonObject record)
            throw new InvalidDataException("A document of the company holds no JSON object.");
        var value = ValueOf(record, correction.Field);
        if (value != correction.Before) return value == correction.After ? new(0, 1, 0) : new(0, 0, 1);

        if (correction.After.Length == 0) record.Remove(correction.Field);
        else record[correction.Field] = correction.After;
        await blob.UploadAsync(
            BinaryData.FromString(record.ToJsonString(AsWritten)),
            new BlobUploadOptions
            {
                Conditions = new() { IfMatch = stored.Details.ETag },
                HttpHeaders = new() { ContentType = stored.Details.ContentType },
                Metadata = stored.Details.Metadata,
            },
            cancellation);
        return new(1, 1, 0);
    }

    private static string? ValueOf(JsonObject record, string field) => record[field] switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => null,
    };
}
