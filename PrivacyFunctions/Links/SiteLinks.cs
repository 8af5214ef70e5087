using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Links;

/// <summary>Where people reach this installation. Section <c>Site</c> of the settings.</summary>
internal sealed class SiteOptions
{
    public const string Section = "Site";

    /// <summary>The public address that mailed links start with; https except on a loopback address.</summary>
    [Required]
    public Uri BaseUrl { get; set; } = null!;
}

/// <summary>The absolute links that mails carry.</summary>
internal sealed class SiteLinks(IOptions<SiteOptions> options, LinkTokens tokens)
{
    /// <summary>The form for a right.</summary>
    public Uri AskFor(string right) => At($"requests/{right}");

    public Uri Confirm(CaseId id, DateTimeOffset until) => At($"confirm/{tokens.Create(LinkPurpose.Confirm, id, until)}");

    public Uri Download(CaseId id, DateTimeOffset until) => At($"download/{tokens.Create(LinkPurpose.Download, id, until)}");

    public Uri Export(CaseId id, DateTimeOffset until) => At($"export/{tokens.Create(LinkPurpose.Stream, id, until)}");

    public Uri Corrections(CaseId id, DateTimeOffset until) =>
        At($"corrections/{tokens.Create(LinkPurpose.Corrections, id, until)}");

    public Uri EndAccount(CaseId id, DateTimeOffset until) =>
        At($"accounts/end/{tokens.Create(LinkPurpose.EndAccount, id, until)}");

    public Uri Undo(CaseId id, DateTimeOffset until) => At($"accounts/undo/{tokens.Create(LinkPurpose.Undo, id, until)}");

    /// <summary>Where a person sees how their case stands.</summary>
    public Uri Case(CaseId id, DateTimeOffset until) => At($"requests/case/{tokens.Create(LinkPurpose.Case, id, until)}");

    /// <summary>Where a person writes to us about their case.</summary>
    public Uri Message(CaseId id, DateTimeOffset until) => At($"requests/case/{tokens.Create(LinkPurpose.Case, id, until)}/message");

    /// <summary>Where a receipt is checked and shown.</summary>
    /// <param name="signed">The receipt.</param>
    public Uri Receipt(string signed) => At($"receipts/{signed}");

    /// <summary>Where the recipient of data that this token is for answers us.</summary>
    public Uri Recipient(string token) => At($"recipients/{token}");

    /// <summary>Where the owner of this token unsubscribes.</summary>
    public Uri Unsubscribe(string token) => At($"u/{token}");

    /// <summary>A page of ours.</summary>
    /// <param name="path">Its path, which begins with a slash.</param>
    public Uri Page(string path) => At(path.TrimStart('/'));

    private Uri At(string path)
    {
        var root = options.Value.BaseUrl.AbsoluteUri;
        return new(root.EndsWith('/') ? root + path : $"{root}/{path}");
    }
}

/// <summary>A mailed link must not travel in the clear.</summary>
internal sealed class ValidateSite : IValidateOptions<SiteOptions>
{
    public ValidateOptionsResult Validate(string? name, SiteOptions options) =>
        options.BaseUrl is { IsAbsoluteUri: true } url && url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback
            ? ValidateOptionsResult.Fail("Site:BaseUrl must be an https address (http on a loopback address only).")
            : ValidateOptionsResult.Success;
}
