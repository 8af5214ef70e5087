using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>Puts a value right in the documents of a person's records, and in no other blob.</summary>
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
