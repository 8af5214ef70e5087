using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Exports;

/// <summary>What a kind of case offers behind a code, where that is no package to download.</summary>
internal interface IOffer
{
    /// <summary>The kind.</summary>
    CaseKind Kind { get; }

    /// <summary>What the page behind the mailed link says.</summary>
    Notice Ready { get; }

    /// <summary>What whoever gave the right code comes to.</summary>
    /// <param name="request">What is answered.</param>
    /// <param name="id">The case.</param>
    /// <param name="until">How long it is open; real time, UTC.</param>
    IResult Open(HttpRequest request, CaseId id, DateTimeOffset until);
}
