using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Faults;

/// <summary>A function that a timer calls has failed.</summary>
/// <param name="Function">Its name.</param>
internal sealed record TimerFailed(string Function) : OfficerDraft;

/// <summary>A function that a timer calls is close to the time at which the platform ends it.</summary>
/// <param name="Function">Its name.</param>
internal sealed record TimerTakesLong(string Function) : OfficerDraft;
