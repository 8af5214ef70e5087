using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Exports;

/// <summary>What has to follow once the package of a case is deleted, as long as its person can be told.</summary>
internal interface IAfterPackage
{
    /// <summary>Does so. Whoever deletes the package calls it, and calls it again where it failed; a case that it does not concern is left alone.</summary>
    Task EndAsync(CaseId id, CancellationToken cancellation);
}
