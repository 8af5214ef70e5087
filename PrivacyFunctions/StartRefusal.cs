using Microsoft.Extensions.Options;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions;

/// <summary>
/// The app does not start, for a reason that whoever deployed it can mend: <see cref="Exception.Message"/> says what to correct,
/// without personal data and without the value of a setting.
/// </summary>
internal sealed class StartRefusal(string message) : Exception(message)
{
    /// <summary>What to tell whoever starts the app; null when the failure is none that they can mend.</summary>
    public static string? SentenceOf(Exception failure) => failure switch
    {
        StartRefusal or DataMapException => failure.Message,
        OptionsValidationException wrong => string.Join(' ', wrong.Failures),
        AggregateException many when many.InnerExceptions.All(each => SentenceOf(each) is not null) =>
            string.Join(' ', many.InnerExceptions.Select(SentenceOf)),
        _ => null,
    };
}
