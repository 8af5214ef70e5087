using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Exports.Model;

namespace PrivacyFunctions.Requests.Model;

/// <summary>The decisions that all requests have in common whose answer is a package (R-ACCESS, R-PORT).</summary>
public static class PackageDecisions
{
    /// <summary>The package is ready: offer it once, until the same instant however often this is repeated.</summary>
    public static Decision Offer(PackagedRequest request, DateTimeOffset legalNow, PackageContents contents) =>
        request.Status == CaseStatus.Confirmed
            ? new Decision.Change(
                new CaseFact.Gathered(contents.DataSets, contents.Records),
                new CaseFact.ExportOffered(legalNow + request.Plan.ExportLifetime, contents.Sha256, contents.Bytes))
            : Decision.Nothing;
}
