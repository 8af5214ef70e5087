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
    /// <exception cref="InvalidOperationException">They were not captured yet, or are forgotten.</exception>
    public async Task<ErasureIdentifiers> ReadAsync(CaseId id, CancellationToken cancellation) =>
        await RefreshAsync(await vault.ReadAsync(id, cancellation), cancellation);

    /// <summary>The same; null if they were not captured yet, or are forgotten.</summary>
    public async Task<ErasureIdentifiers?> FindAsync(CaseId id, CancellationToken cancellation) =>
        await vault.FindAsync(id, cancellation) is { } captured ? await RefreshAsync(captured, cancellation) : null;

    private async Task<ErasureIdentifiers> RefreshAsync(ErasureIdentifiers captured, CancellationToken cancellation) =>
        captured with { Now = await locator.RefreshAsync(captured.Keys, cancellation) };
}
