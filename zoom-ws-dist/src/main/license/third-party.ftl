The libraries in lib/ and plugins/, each with its licence. The jar of a library holds the text of it and the notices of its authors,
mostly in META-INF.

<#list dependencyMap as e>
<#assign project = e.getKey()/>
<#assign licenses = e.getValue()/>
${project.groupId}:${project.artifactId}:${project.version} - <#list licenses as license>${license}<#if license_has_next>; </#if></#list>
</#list>
