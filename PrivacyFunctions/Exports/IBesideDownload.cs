using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Exports;

/// <summary>What a kind of case offers beside the download, to whoever gave the right code.</summary>
internal interface IBesideDownload
{
    /// <summary>The kind.</summary>
    CaseKind Kind { get; }

    /// <summary>Where it is.</summary>
    /// <param name="id">The case.</param>
    /// <param name="until">How long it is open; real time, UTC.</param>
    NextLink LinkTo(CaseId id, DateTimeOffset until);
}
