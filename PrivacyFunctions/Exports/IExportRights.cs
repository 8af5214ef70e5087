using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Exports;

/// <summary>
/// Whether the person of a case may still fetch what it offers them. A kind of case whose offer can become somebody else's says so
/// here; it is asked before each code, each opening and each download.
/// </summary>
internal interface IExportRights
{
    /// <summary>False when the package is not theirs any more: the answer is that of an offer that is over.</summary>
    Task<bool> MayFetchAsync(Case offered, CancellationToken cancellation);
}

/// <summary>Asks all of them.</summary>
internal static class ExportRights
{
    /// <summary>Whether none of them objects.</summary>
    public static async Task<bool> AllAllowAsync(
        this IEnumerable<IExportRights> rights, Case offered, CancellationToken cancellation)
    {
        foreach (var right in rights)
            if (!await right.MayFetchAsync(offered, cancellation)) return false;
        return true;
    }
}
