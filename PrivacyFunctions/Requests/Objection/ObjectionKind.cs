using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Objection.Model;

namespace PrivacyFunctions.Requests.Objection;

/// <summary>Registers objections to direct marketing (R-OBJECT).</summary>
internal static class ObjectionKind
{
    private static readonly RequestKind Kind = new(CaseKind.Objection)
    {
        State = typeof(ObjectionRequest),
        Facts = typeof(ObjectionFact),
        New = ObjectionRequest.New,
        Orchestrator = nameof(RunObjection),
        About = "an objection to direct marketing",
        Words = new()
        {
            Offer = "We stop all our newsletters and other advertising to you at once. You need not give a reason or prove who you are.",
            FormTitle = "Stop advertising to me",
            FormButton = "Stop the advertising",
            FormIntroduction = "Give us the e-mail address to which our newsletters come. We stop them at once. You need not give a reason or "
                + "prove who you are, and it costs nothing.",
            UseOfAddress = "to stop our advertising to it",
            Received =
            [
                "We are stopping our advertising to this address. If the address is right, a mail tells you so in a moment.",
                "A newsletter that is being sent at this minute may still reach you.",
                "If you have asked several times today, the first mails of today serve all of these requests.",
            ],
        },
    };

    /// <summary>Registers the kind.</summary>
    public static IServiceCollection AddObjections(this IServiceCollection services) => services.AddKind(Kind);
}
