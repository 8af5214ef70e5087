using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>The plans of erasure requests by their hash: the proof of what was approved. They hold no personal data.</summary>
internal sealed class ErasurePlans(RecordStorage storage)
{
    private const string Container = "privacy-plans";

    /// <summary>Stores a plan, before its hash stands in the case.</summary>
    public async Task SaveAsync(ErasurePlan plan, CancellationToken cancellation) =>
        await (await storage.ContainerAsync(Container)).GetBlobClient(NameOf(plan.Case, plan.Hash()))
            .UploadAsync(BinaryData.FromString(RecordJson.Write(plan)), overwrite: true, cancellation);

    /// <summary>The plan with that hash.</summary>
    /// <exception cref="InvalidDataException">What is stored has another hash: somebody changed it.</exception>
    public async Task<ErasurePlan> GetAsync(CaseId id, string hash, CancellationToken cancellation)
    {
        var blob = (await storage.ContainerAsync(Container)).GetBlobClient(NameOf(id, hash));
        var stored = (await blob.DownloadContentAsync(cancellation)).Value.Content.ToString();
        var plan = RecordJson.Read<ErasurePlan>(stored);
        return plan.Hash() == hash
            ? plan
            : throw new InvalidDataException($"The plan {hash} of case {id} was changed after it was stored.");
    }

    private static string NameOf(CaseId id, string hash) => $"{id}/{hash}.json";
}
