using Microsoft.Extensions.Options;

namespace PrivacyFunctions.Requests.SignIns;

/// <summary>
/// The company's own sign-in, which proves a mailbox in the place of a mail with a link (L9). Section <c>SignIn</c> of the settings; all three are
/// given, or none, and then no sign-in proves anything.
/// </summary>
internal sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>Who issues the tokens: what their <c>iss</c> says.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>For whom they are: what their <c>aud</c> says. Of this app alone, so that no token for another one counts here.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The public keys that they are checked by, as a JSON Web Key Set (RFC 7517), or the path of a file with one. Read at the start.</summary>
    public string Keys { get; set; } = "";

    /// <summary>Whether there is a sign-in.</summary>
    public bool IsOn() => Issuer.Length > 0;
}

/// <summary>A sign-in that is half set up, or by a key that is none, would prove nothing, or too much.</summary>
internal sealed class ValidateSignIn : IValidateOptions<SignInOptions>
{
    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        string[] all = [options.Issuer, options.Audience, options.Keys];
        if (all.All(string.IsNullOrEmpty)) return ValidateOptionsResult.Success;
        if (all.Any(string.IsNullOrWhiteSpace))
            return ValidateOptionsResult.Fail("SignIn:Issuer, SignIn:Audience and SignIn:Keys must be given together, or none of them.");
        return SignInKeys.TryRead(options.Keys, out _, out var mistake) ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistake);
    }
}
