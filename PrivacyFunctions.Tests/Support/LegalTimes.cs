using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Tests.Support;

/// <summary>Legal time as an installation in some zone has it, at the ordinary pace, for which it needs no storage.</summary>
internal static class LegalTimes
{
    private const string Nowhere = "UseDevelopmentStorage=true";

    public static LegalTime In(string zone) => new(
        Options.Create(new PolicyOptions { LegalTimeZone = zone }),
        new RecordStorage(new TableServiceClient(Nowhere), new BlobServiceClient(Nowhere)), TimeProvider.System);
}
