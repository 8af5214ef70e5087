using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Access.Model;

namespace PrivacyFunctions.Requests.Access;

/// <summary>Registers requests for a copy of one's data (R-ACCESS).</summary>
internal static class AccessKind
{
    private static readonly RequestKind Kind = new(CaseKind.Access)
    {
        State = typeof(AccessRequest),
        New = AccessRequest.New,
        Orchestrator = nameof(RunAccessRequest),
        About = "a copy of a person's data",
        Words = new()
        {
            Offer = "What we hold about you, where it comes from, what we use it for, how long we keep it and who receives it.",
            FormTitle = "Get a copy of my data",
            FormButton = "Ask for my data",
            FormIntroduction = RequestKind.ProofIntroduction,
            UseOfAddress = "to find your data",
            Received = RequestKind.ReceivedBeforeProof("Without your confirmation nobody receives any data."),
        },
        Proof = new()
        {
            ConfirmSubject = "Please confirm your request for your personal data",
            Topic = "for your data",
            AskedFor = "for a copy of the personal data that we hold about the owner of this mailbox",
            WhyConfirm = "Because the data goes to nobody but you, please confirm that you asked. The link opens a page with a button.",
            IfNotYou = "If you did not ask, do nothing: without your confirmation nobody receives anything.",
            WithoutProof = "Without that we must not give data to anybody",
            Question = "Did you ask for a copy of your data?",
            Next = "We then collect what we hold about you and mail you when it is ready.",
            NotYouNext = "If you did not ask, close this page: nobody receives anything.",
            UnderWay = "We are collecting your data. You get a mail when it is ready",
        },
    };

    /// <summary>Registers the kind and what carries it.</summary>
    public static IServiceCollection AddAccessRequests(this IServiceCollection services) => services.AddKind(Kind)
        .AddSingleton<GatheredParts>().AddSingleton<AnswerPage>().AddSingleton<KeyedRecords>();
}
