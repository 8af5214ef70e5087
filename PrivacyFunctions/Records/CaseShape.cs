using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>How a kind of case is kept.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="State">The type of its state, a <see cref="Case"/>.</param>
/// <param name="Facts">The type in which the facts stand that only this kind has; null if it has none.</param>
internal sealed record CaseShape(CaseKind Kind, Type State, Type? Facts = null);
