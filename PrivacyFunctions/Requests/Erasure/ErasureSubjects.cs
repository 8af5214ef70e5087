using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Whose data an erasure is about: as they were captured, and as the directory knows them now. Weeks may lie between, so every
/// step asks here before it decides anything.
/// </summary>
internal sealed class ErasureSubjects(ErasureVault vault, SubjectLocator locator)
{
    /// <summary>The person of the case; the directory is asked once.</summary>
    public async Task<ErasureIdentifiers> ReadAsync(CaseId id, CancellationToken cancellation)
    {
        var captured = await vault.ReadAsync(id, cancellation);
        return captured with { Now = await locator.RefreshAsync(captured.Keys, cancellation) };
    }
}
