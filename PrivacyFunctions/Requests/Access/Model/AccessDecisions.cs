using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Access.Model;

/// <summary>What a package came to.</summary>
/// <param name="DataSets">How many data sets were searched.</param>
/// <param name="Records">How many records about the person were found.</param>
/// <param name="Sha256">Of the package, in lower-case hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
public sealed record PackageContents(int DataSets, long Records, string Sha256, long Bytes)
{
    /// <summary>Of a package that was not made just now.</summary>
    public static PackageContents None { get; } = new(0, 0, "", 0);
}

/// <summary>The decisions that only an access request has (R-ACCESS).</summary>
public static class AccessDecisions
{
    /// <summary>The package is ready: offer it once, until the same instant however often this is repeated.</summary>
    public static Decision Offer(AccessRequest request, DateTimeOffset legalNow, PackageContents contents) =>
        request.Status == CaseStatus.Confirmed
            ? new Decision.Change(
                new CaseFact.Gathered(contents.DataSets, contents.Records),
                new CaseFact.ExportOffered(legalNow + request.Plan.ExportLifetime, contents.Sha256, contents.Bytes))
            : Decision.Nothing;
}
